using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Storage.Backups;

/// <summary>Writes backups of stores, and restores stores from them.</summary>
public static class StoreBackups
{
    /// <summary>Copies a store to a file, whole and verified, or not at all. Other programs may use the store meanwhile.</summary>
    /// <param name="source">The file of a store, which may be a backup.</param>
    /// <param name="destination">The file to write.</param>
    /// <param name="replaces">An existing file is replaced, unless it is a store that a program has open; otherwise it is an error.</param>
    /// <param name="alsoDamaged">An existing file that is damaged, or no store, is replaced as well.</param>
    /// <param name="progress">Receives the part that is done, 0 to 1.</param>
    /// <exception cref="NotFoundException">There is no source.</exception>
    /// <exception cref="InvalidValueException">The destination exists, or is the source.</exception>
    /// <exception cref="StoreException">The source is damaged, no store or a part of a copy, or the destination is in use or cannot be written.</exception>
    public static StoreBackup Copy(string source, string destination, bool replaces, bool alsoDamaged, Action<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        (source, destination) = (SqliteFile.Locate(source), SqliteFile.Locate(destination));
        Check(source, destination, replaces);
        string whole = $"{destination}.{Guid.NewGuid():N}.part";
        try
        {
            SqliteFile.MakeFolder(destination);
            DeleteLeftOver(destination);
            if (File.Exists(destination))
            {
                FileRights.CreateLike(destination, whole).Dispose();
            }

            StoreCounts counts = StoreCopy.Write(source, whole, progress, cancellation);
            try
            {
                StoreReplacement.Run(whole, destination, alsoDamaged);
                new TransferMark(destination).Remove();
            }
            catch
            {
                StoreCopy.Delete(whole);
                throw;
            }

            return new StoreBackup(destination, source, counts.Streams, counts.Datapoints, new FileInfo(destination).Length);
        }
        catch (SqliteException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw SqliteFaults.Describe(error, source);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteFaults.ReadOnly(destination, error);
        }
        catch (IOException error)
        {
            throw SqliteFaults.Unreachable(destination, error);
        }
    }

    /// <exception cref="NotFoundException">There is no store in the file.</exception>
    public static void Find(string source)
    {
        FileInfo file = new(SqliteFile.Locate(source));
        if (file is not { Exists: true, Length: > 0 })
        {
            throw new NotFoundException(file.Exists ? $"The file '{file.FullName}' is empty, so it is no store." : $"There is no store '{file.FullName}'. Check the path.", file.FullName);
        }
    }

    /// <summary>Checks source and destination of a copy, without writing anything.</summary>
    /// <inheritdoc cref="Copy"/>
    public static void Check(string source, string destination, bool replaces, bool alsoDamaged)
    {
        (source, destination) = (SqliteFile.Locate(source), SqliteFile.Locate(destination));
        Check(source, destination, replaces);
        try
        {
            StoreCopy.Check(source);
        }
        catch (SqliteException error)
        {
            throw SqliteFaults.Describe(error, source);
        }

        if (!SqliteFile.IsEmpty(destination))
        {
            StoreReplacement.Check(destination, alsoDamaged);
        }
    }

    private static void Check(string source, string destination, bool replaces)
    {
        Find(source);
        TransferMark.DemandWhole(source);
        FileInfo target = new(destination);
        if (string.Equals(source, destination, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidValueException($"'{destination}' is the store itself. Give another file.", destination);
        }

        if (target is { Exists: true, Length: > 0 } && !replaces)
        {
            throw new InvalidValueException($"'{destination}' exists. Give another file, or use -Force to replace it.", destination);
        }
    }

    /// <summary>Deletes the temporary files of killed processes. Those of running ones are written to within the hour.</summary>
    private static void DeleteLeftOver(string destination)
    {
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(destination)!, $"{Path.GetFileName(destination)}.*.part*"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > TimeSpan.FromHours(1))
            {
                File.Delete(file);
            }
        }
    }
}
