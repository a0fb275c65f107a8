namespace SmartService.Gateway.Access;

/// <summary>A secret of the installation cannot be read or written. A retry does not help before somebody repairs it.</summary>
public sealed class SecretFileException : Exception
{
    public SecretFileException()
    {
    }

    public SecretFileException(string message)
        : base(message)
    {
    }

    public SecretFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
