namespace SmartService.Domain.Peak;

/// <summary>How much of the service shoppers get while there are more of them than the machine serves. Each rung holds all before it.</summary>
public enum PeakRung
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>No popups, no looking ahead: what nobody asked for goes first.</summary>
    PopupsPaused,

    /// <summary>Questions are answered from the merchant's Q&amp;A by words and by readings already known; no model.</summary>
    QnaOnly,

    /// <summary>Shoppers wait in a line, with their place and an honest wait.</summary>
    Queue,

    /// <summary>The line is too long: the shopper leaves the question and is answered later.</summary>
    CallBack,
}
