namespace SmartService.Benchmarks;

/// <param name="Time">How long each figure is taken.</param>
/// <param name="Connections">Shoppers who wait for an answer at the same time, one connection each.</param>
/// <param name="Streams">Shoppers with an open stream.</param>
/// <param name="Questions">Questions of the measured store.</param>
/// <param name="Tables">Folder of tables that are kept, and measured again when they are there; null for ones that are thrown away.</param>
/// <param name="Customers">Customers in the end, when everything grows.</param>
/// <param name="Events">Visits and messages in the end, when everything grows.</param>
internal sealed record BenchSettings(TimeSpan Time, int Connections, int Streams, int Questions, string? Tables, int Customers, long Events);
