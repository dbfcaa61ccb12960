using ConnectorDb.Core.Hosting;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Calls the engine to copy stores between files and databases.</summary>
internal static class StoreTransferEngine
{
    /// <inheritdoc cref="StoreTransfers.Check"/>
    public static void Check(string source, string destination, CancellationToken cancellation) => StoreTransfers.Check(source, destination, cancellation);

    /// <inheritdoc cref="StoreTransfers.IsPart"/>
    public static bool IsPart(string store) => StoreTransfers.IsPart(store);

    /// <inheritdoc cref="StoreTransfers.Copy"/>
    public static StoreTransfer Copy(string source, string destination, Action<double> progress, CancellationToken cancellation)
        => StoreTransfers.Copy(source, destination, keyFolder: null, progress, cancellation);
}
