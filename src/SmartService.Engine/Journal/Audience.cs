namespace SmartService.Engine.Journal;

/// <summary>Who sees an event in a feed. Staff see all events of their tenant.</summary>
public enum Audience
{
    Staff,

    /// <summary>Staff, and the customer it concerns.</summary>
    Customer,
}
