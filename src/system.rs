//! What the program may ask of the machine it runs on; only `cli` implements it.
