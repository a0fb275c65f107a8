namespace SmartService.Backoffice;

/// <summary>Settings of members, sessions and webhooks. Path: SmartService:Console.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "SmartService:Console";

    /// <summary>Folder of members.db. Default "data"; the host sets it.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>A session ends after this long without a call. Default 12 h; 5 min to 30 days.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromHours(12);

    /// <summary>A session ends this long after signing in. Default 30 days; 5 min to 365 days.</summary>
    public TimeSpan SessionLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an invitation works. Default 7 days; 5 min to 30 days.</summary>
    public TimeSpan InvitationLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a link for a new password works. Default 1 day; 5 min to 7 days.</summary>
    public TimeSpan ResetLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Failed tries in a row before a mail address is locked. Default 5; 3 to 20.</summary>
    public int Tries { get; set; } = 5;

    /// <summary>How long it stays locked. Default 15 min; 1 s to 24 h.</summary>
    public TimeSpan LockedFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 over a password. Default 210,000 (OWASP, "Password Storage"); 1,000 to 5,000,000.</summary>
    public int PasswordRounds { get; set; } = 210_000;

    /// <summary>Whether webhooks may go to http and to loopback, private and link-local addresses: for tests and closed networks. Default false.</summary>
    public bool WebhooksToPrivate { get; set; }

    /// <summary>How long a webhook's receiver may take. Default 10 s; 0.1 s to 60 s.</summary>
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause after a webhook's first failed try; later ones are longer. Default 10 s; 0.01 s to 1 h.</summary>
    public TimeSpan WebhookFirstPause { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataFolder))
        {
            yield return $"{Section}:DataFolder must name a folder.";
        }

        foreach (var fault in Within(nameof(SessionIdle), SessionIdle, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30))
            .Concat(Within(nameof(SessionLife), SessionLife, TimeSpan.FromMinutes(5), TimeSpan.FromDays(365)))
            .Concat(Within(nameof(InvitationLife), InvitationLife, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30)))
            .Concat(Within(nameof(ResetLife), ResetLife, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7)))
            .Concat(Within(nameof(LockedFor), LockedFor, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)))
            .Concat(Within(nameof(WebhookFirstPause), WebhookFirstPause, TimeSpan.FromSeconds(0.01), TimeSpan.FromHours(1)))
            .Concat(Within(nameof(WebhookTimeout), WebhookTimeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(60))))
        {
            yield return fault;
        }

        if (Tries is < 3 or > 20)
        {
            yield return $"{Section}:Tries must be between 3 and 20.";
        }

        if (PasswordRounds is < 1_000 or > 5_000_000)
        {
            yield return $"{Section}:PasswordRounds must be between 1,000 and 5,000,000.";
        }
    }

    private static IEnumerable<string> Within(string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            yield return $"{Section}:{name} must be between {least} and {most}.";
        }
    }
}
