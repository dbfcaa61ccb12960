using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Backups;
using ConnectorDb.Core.Storage.Transfers;

namespace ConnectorDb.Core.Hosting;

/// <summary>Copies stores between files and databases.</summary>
public static class StoreTransfers
{
    /// <summary>Copies a store to another place, which is new, empty, or an earlier copy, and compares all datapoints. Programs may use the source meanwhile.</summary>
    /// <param name="source">The path of a file, or the address of a database.</param>
    /// <param name="destination">The path of a file, or the address of a database.</param>
    /// <param name="keyFolder">The folder of the secrets that encrypt API keys, one file per store; null for that of the account.</param>
    /// <param name="progress">Receives the part that is done, 0 to 1.</param>
    /// <exception cref="NotFoundException">There is no source.</exception>
    /// <exception cref="InvalidValueException">The destination is the source, or has something that is not of it.</exception>
    /// <exception cref="StoreException">A store cannot be opened, read or written, or the source is a part of a copy.</exception>
    public static StoreTransfer Copy(string source, string destination, string? keyFolder, Action<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        using IStore from = Open(source, takesPart: false);
        using IStore to = StoreFactory.OpenStore(destination, TimeProvider.System, takesPart: true);
        return new StoreTransferRun(from, to, to as ITransferMark ?? new TransferMark(destination), progress, cancellation).Run(keyFolder);
    }

    /// <summary>Refuses a source or a destination as <see cref="Copy"/> would, and writes nothing.</summary>
    /// <inheritdoc cref="Copy"/>
    public static void Check(string source, string destination, CancellationToken cancellation)
    {
        using IStore from = Open(source, takesPart: false);
        using IStore? to = OpenExisting(destination);
        if (to is not null)
        {
            TransferCheck.RunWhole(from, to, cancellation);
        }
    }

    /// <inheritdoc cref="TransferMark.IsPart"/>
    public static bool IsPart(string store) => !StoreFactory.IsDatabase(store) && TransferMark.IsPart(store);

    private static IStore Open(string location, bool takesPart)
    {
        if (!StoreFactory.IsDatabase(location))
        {
            StoreBackups.Find(location);
        }

        return StoreFactory.OpenStore(location, TimeProvider.System, mustExist: true, takesPart);
    }

    /// <summary>Null where there is no store yet.</summary>
    private static IStore? OpenExisting(string location)
    {
        try
        {
            return Open(location, takesPart: true);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}
