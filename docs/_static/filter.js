// The catalogue: hide the rows that do not hold what is typed, and the families of which no row is left.
document.addEventListener("DOMContentLoaded", () => {
  const input = document.getElementById("catalogue-filter");
  if (!input) return;
  const count = document.getElementById("catalogue-count");
  const tables = [...document.querySelectorAll("section section table")];
  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const table of tables) {
      let left = 0;
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        left += !row.hidden;
      }
      table.closest("section").hidden = !left;
      shown += left;
    }
    count.textContent = shown;
  };
  input.addEventListener("input", filter);
  filter();
});
