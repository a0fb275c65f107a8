namespace SmartService.Gateway.Tests.Access;

/// <summary>A valid body for each route that takes one: a refusal must come from who asks, not from what.</summary>
internal static class Bodies
{
    private const string Content = "\"question\":\"How long?\",\"variants\":[],\"answer\":\"Two days.\",\"locale\":\"en\",\"actions\":[]";

    public static string? Of(string pattern) => pattern.Split('/')[^1] switch
    {
        "messages" when pattern.Contains("shopper", StringComparison.Ordinal) => """{"clientId":"client-01","text":"hello"}""",
        "messages" => """{"clientId":"client-01","agent":"Eve","text":"hello"}""",
        "typing" => """{"typing":true}""",
        "read" => """{"upTo":1}""",
        "call-back" => """{"operationId":"operation-1","clientId":"client-01","text":"hello"}""",
        "person" => """{"operationId":"operation-1"}""",
        "rating" when pattern.Contains("answers", StringComparison.Ordinal) => """{"helpful":true}""",
        "rating" => """{"score":5}""",
        "join" or "give-back" => """{"agent":"Eve"}""",
        "payment" => """{"operationId":"operation-1","state":"paid"}""",
        "shipment" => """{"carrier":"DHL","number":"1"}""",
        "checkpoints" => """{"checkpoints":[{"id":"c1","at":"2026-01-01T00:00:00Z","status":"accepted"}]}""",
        "refund" => """{"operationId":"operation-1","amount":1}""",
        "refund-paid" or "missing" or "cancel" => """{"operationId":"operation-1"}""",
        "{popup}" => """{"outcome":"seen"}""",
        "{conversation}" => """{"locale":"en"}""",
        "{customer}" => """{"name":"Eve"}""",
        "{order}" => """{"customer":"eve","lines":[{"product":"p","name":"P","quantity":1,"unitPrice":1}],"total":1,"currency":"USD","placedAt":"2026-01-01T00:00:00Z"}""",
        "{canned}" => """{"shortcut":"hi","text":"Hello!"}""",
        "notes" => """{"clientId":"client-01","text":"noted"}""",
        "presence" => """{"viewing":true}""",
        "seen" => """{"upTo":1}""",
        "preview" => """{"policy":{}}""",
        "parse" => """{"text":"How long?\nTwo days."}""",
        "{member}" => """{"role":"reader"}""",
        "intent" => """{"intent":"order.status"}""",
        "{item}" or "{candidate}" or "correction" => "{" + Content + "}",
        _ => "{}",
    };
}
