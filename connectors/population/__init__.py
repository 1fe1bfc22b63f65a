"""The national population database: it is asked about claims we hold, and never for people."""
