"""The graph as RDF statements: one description of them, and the serializers that write it in each syntax."""
