namespace SmartService.Host.Running;

/// <summary>Adds an engine and its read models to the server that is being built. Another executable brings another one; all else is wired the same.</summary>
internal delegate void HostEngine(WebApplicationBuilder builder, HostSettings settings);
