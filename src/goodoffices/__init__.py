"""Software for people who help adversaries reach agreements that hold."""
