using SmartService.Domain;
using SmartService.Engine.Journal;

namespace SmartService.Engine;

/// <summary>What an engine needs to know of one kind of entity besides its decider.</summary>
/// <param name="Name">First part of its streams' names; stored, never changes.</param>
/// <param name="States">How snapshots of its states are written.</param>
/// <param name="FeedOf">The customer whose feed its events for customers go to, told by the state after them; null for none.</param>
public sealed record EntityRegion<TState>(string Name, StateCodec<TState> States, Func<EntityKey, TState, CustomerId?> FeedOf)
    where TState : class;
