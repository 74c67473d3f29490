//! The program from outside: its calls, its exit codes, what it says.
