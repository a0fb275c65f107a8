namespace SmartService.Assistance.Learning;

/// <summary>Takes personal data out of a text. What is left still tells what was asked.</summary>
internal interface ITextMask
{
    string Mask(string text);
}
