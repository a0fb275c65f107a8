using SmartService.Domain.Conversations;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>A question ready to be put to its conversation.</summary>
/// <param name="Understanding">Null when the model failed.</param>
internal sealed record ReadQuestion(ConversationCommand.Ask Ask, MessageUnderstanding? Understanding);
