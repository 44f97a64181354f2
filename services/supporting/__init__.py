"""Supporting work (part II of the founding document): what is done for the service itself, without a client."""
