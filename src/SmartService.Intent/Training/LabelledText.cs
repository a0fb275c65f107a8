namespace SmartService.Intent.Training;

/// <summary>One line of training data.</summary>
public readonly record struct LabelledText(string Text, string Label);
