namespace SmartService.Assistance.Answers;

/// <summary>What an item's intent says about it.</summary>
internal enum ItemIntent
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>Other items of the language have the same.</summary>
    OneOfSeveral,

    /// <summary>It is the only one of the language with it.</summary>
    Only,
}
