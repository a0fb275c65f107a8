using Microsoft.AspNetCore.Identity;
using SmartService.Backoffice.Access;

namespace SmartService.Backoffice.Members;

#pragma warning disable SA1402 // Rows of one small database; they change together.

/// <summary>A person with a password. UserName and Email are both the mail address.</summary>
public sealed class Member : IdentityUser
{
    /// <summary>As colleagues and shoppers read it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Language of the console: "ko", "zh", "en", or null for the browser's.</summary>
    public string? Locale { get; set; }

    /// <summary>Step of the last accepted one-time code: no code works twice.</summary>
    public long LastCodeStep { get; set; }
}

/// <summary>A member's place in a store.</summary>
public sealed class Membership
{
    public string Member { get; set; } = "";

    public string Tenant { get; set; } = "";

    public MemberRole Role { get; set; }

    /// <summary>UTC ticks, like all times here.</summary>
    public long Since { get; set; }
}

/// <summary>A signed-in browser. Only the hash of its cookie is kept.</summary>
public sealed class MemberSession
{
    public string Id { get; set; } = "";

    public string Hash { get; set; } = "";

    public string Member { get; set; } = "";

    public string Tenant { get; set; } = "";

    public long StartedAt { get; set; }

    public long LastSeenAt { get; set; }

    public long ExpiresAt { get; set; }

    public string? Address { get; set; }

    public string? Agent { get; set; }
}

public enum LinkKind
{
    Invitation = 0, Reset = 1,
}

/// <summary>A link that works once. Only the hash of its token is kept.</summary>
public sealed class MemberLink
{
    public string Id { get; set; } = "";

    public string Hash { get; set; } = "";

    public LinkKind Kind { get; set; }

    /// <summary>Normalised.</summary>
    public string Mail { get; set; } = "";

    /// <summary>Of an invitation.</summary>
    public string? Tenant { get; set; }

    public MemberRole Role { get; set; }

    /// <summary>Who made it, as the audit log names them.</summary>
    public string By { get; set; } = "";

    public long At { get; set; }

    public long ExpiresAt { get; set; }

    public long? EndedAt { get; set; }
}

/// <summary>Failed tries under a mail address, whether it has an account or not: being locked tells nothing.</summary>
public sealed class SignInAttempts
{
    public string Mail { get; set; } = "";

    public int Failures { get; set; }

    public long LockedUntil { get; set; }

    public long At { get; set; }
}

/// <summary>How far a member has read a conversation.</summary>
public sealed class SeenMark
{
    public string Member { get; set; } = "";

    public string Tenant { get; set; } = "";

    public string Conversation { get; set; } = "";

    public int UpTo { get; set; }

    public long At { get; set; }
}
#pragma warning restore SA1402
