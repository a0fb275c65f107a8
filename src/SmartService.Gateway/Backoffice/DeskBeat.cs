namespace SmartService.Gateway.Backoffice;

/// <summary>One gateway's word to the others.</summary>
internal sealed record DeskBeat(string Sender, string Tenant, string Conversation, string Id, string Name, bool Viewing, bool Typing);
