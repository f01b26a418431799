// The SQL of sql/, compiled in by the EmbedSQL plugin.
