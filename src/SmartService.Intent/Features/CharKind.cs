namespace SmartService.Intent.Features;

/// <summary>What kind of token a character belongs to.</summary>
public enum CharKind : byte
{
    Break,

    /// <summary>Letters of alphabets, and digits.</summary>
    Letter,
    Hangul,

    /// <summary>Han and kana: one character is one word.</summary>
    Han,

    /// <summary>Question and exclamation marks, symbols, emoji: a token of its own.</summary>
    Mark,
}
