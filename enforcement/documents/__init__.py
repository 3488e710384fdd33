"""Papers of this room: what they print (`kinds`), and the composers that gather it from the facts."""
