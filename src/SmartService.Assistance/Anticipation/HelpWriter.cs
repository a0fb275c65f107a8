using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartService.Assistance.Answers;
using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Anticipation;

/// <summary>Writes the popup for a foreseen question.</summary>
internal static class HelpWriter
{
    /// <returns>Null when nothing sure can be said.</returns>
    public static HelpOffer? Write(AnswerContext context, Trigger trigger, QuestionForecast forecast, IntentScore likely)
    {
        if (AnswerComposer.ComposeFor(context, likely.Intent, forecast.Order) is not { } answer || answer.Confidence < context.Policy.Bot.AnswerFrom)
        {
            return null;
        }

        var order = AnswerComposer.OrderFor(context, likely.Intent, forecast.Order);
        var cause = PopupCauses.Choose(forecast.Causes, likely.Intent);
        return new(
            IdOf(trigger, likely.Intent), likely.Intent, order?.Id, forecast.Product,
            PopupTexts.Title(context, likely.Intent, order), PopupTexts.Why(context, cause, order), cause,
            answer.Text, answer.Actions, SourcesOf(answer.Source, order), likely.Probability);
    }

    /// <summary>The same trigger makes the same popup, so that handling an event again shows nothing twice.</summary>
    private static PopupId IdOf(Trigger trigger, IntentId topic)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{trigger.Customer}|{trigger.Position}|{topic}");
        return new("pop-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 12)));
    }

    /// <summary>The popup's number in [0, 1), evenly spread over popups and the same for the same popup: the chance that its command carries.</summary>
    public static double ChanceOf(PopupId popup)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("chance|" + popup.Value));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    private static ImmutableArray<AnswerSource> SourcesOf(AnswerSource first, OrderSummary? order) =>
        order is null || first.Kind == "order" ? [first] : [first, AnswerComposer.SourceOf(order)];
}
