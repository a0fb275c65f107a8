namespace SmartService.Host.Replay;

/// <param name="Speed">Times the recorded speed; 0 is as fast as it goes.</param>
/// <param name="Key">Secret key; null looks for one.</param>
/// <param name="Data">Folder whose demo.json may hold the key.</param>
internal sealed record ReplayArguments(string File, string Tenant, double Speed, string Url, string? Key, string Data);
