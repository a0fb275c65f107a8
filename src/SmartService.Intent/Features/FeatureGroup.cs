namespace SmartService.Intent.Features;

/// <summary>Families of features; each is weighted and normalised on its own.</summary>
public enum FeatureGroup
{
    /// <summary>One, two and (Chinese) three words in a row.</summary>
    Word,

    /// <summary>Pieces of a word: 2 to 5 letters, 1 to 3 syllables, or 1 to 4 Chinese characters.</summary>
    Piece,

    /// <summary>Korean only: 3 to 5 jamo in a row, so that endings and typing slips still meet.</summary>
    Jamo,
}
