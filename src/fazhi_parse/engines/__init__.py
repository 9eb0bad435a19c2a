"""Where one machine is not enough: one function on Arrow record batches, and Ray Data and Spark on top of it."""
