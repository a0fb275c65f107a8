using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Import;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Backoffice;

internal sealed record ParseRequest(string? Text, string? Html);

internal sealed record FaqCandidateView(string Question, string Answer, int Start, int End, int Line);

internal sealed record ParseAnswer(IReadOnlyList<FaqCandidateView> Candidates);

/// <summary>Questions and answers in a pasted FAQ page, for a person to confirm.</summary>
internal static class ParseEndpoints
{
    public static Ok<ParseAnswer> Parse(Body<ParseRequest> body)
    {
        var (text, html) = (body.Value.Text, body.Value.Html);
        var checks = new Checks();
        checks.Must(text is null != html is null, "text", "\"text\" or \"html\", one of them");
        checks.Must((text ?? html ?? "").Length <= FaqParser.MaxLength, text is null ? "html" : "text", $"at most {FaqParser.MaxLength:N0} characters");
        checks.ThrowIfAny();
        var found = text is null ? FaqParser.ParseHtml(html!) : FaqParser.ParseText(text);
        return TypedResults.Ok(new ParseAnswer([.. found.Select(c => new FaqCandidateView(c.Question, c.Answer, c.Start, c.End, c.Line))]));
    }
}
