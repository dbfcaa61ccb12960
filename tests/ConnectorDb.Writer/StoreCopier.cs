using System.Globalization;
using ConnectorDb.Core.Storage.Backups;

namespace ConnectorDb.Writer;

/// <summary>Copies a store to a file again and again, and says each step on standard output.</summary>
internal static class StoreCopier
{
    /// <param name="arguments">The store and the destination.</param>
    public static void Run(string[] arguments)
    {
        using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
        while (true)
        {
            StoreBackups.Copy(
                arguments[0], arguments[1], replaces: true, alsoDamaged: false, part => output.WriteLine(part.ToString(CultureInfo.InvariantCulture)), CancellationToken.None);
        }
    }
}
