namespace SmartService.Assistance.Answers;

/// <summary>One sentence in the product's three languages.</summary>
internal readonly record struct Localized(string Ko, string Zh, string En)
{
    public string In(string language) => language switch { "ko" => Ko, "zh" => Zh, _ => En };
}
