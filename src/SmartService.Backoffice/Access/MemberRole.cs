namespace SmartService.Backoffice.Access;

/// <summary>What somebody is in a store. The numbers are stored.</summary>
public enum MemberRole
{
    /// <summary>Everything, also keys and other owners.</summary>
    Owner = 0,

    /// <summary>Everything but keys and owners.</summary>
    Manager = 1,

    /// <summary>Questions and answers, and what is released of them.</summary>
    Reviewer = 2,

    /// <summary>Talks with shoppers.</summary>
    Agent = 3,

    /// <summary>Reads, figures above all.</summary>
    Analyst = 4,

    /// <summary>Reads.</summary>
    Reader = 5,
}
