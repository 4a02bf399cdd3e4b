"""The rules of the proof: each module takes what was read and what was promised, and yields findings."""
