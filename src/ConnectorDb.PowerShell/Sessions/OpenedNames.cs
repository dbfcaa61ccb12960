using System.Management.Automation;
using ConnectorDb.PowerShell.Serving;

namespace ConnectorDb.PowerShell.Sessions;

/// <summary>The texts that name an open connection, logger, poller or server of the session: its file, its address, its login or its number.</summary>
internal static class OpenedNames
{
    /// <summary>All names of an object, the most common first. Another object can have the same.</summary>
    public static IEnumerable<string> Of(object opened)
    {
        IEnumerable<string?> names = opened switch
        {
            CdbConnection connection => [.. OfPlace(connection.Location), connection.Identity, $"{connection.Id}"],
            CdbLogger logger => [.. OfPlace(logger.Path), logger.Name],
            CdbPoller poller => OfPlace(poller.Path),
            CdbServer server => [.. server.Url.Split(';'), .. OfPlace(server.Store)],
            _ => [],
        };
        return names.OfType<string>().Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The names of an object that no other one has.</summary>
    public static IEnumerable<string> OwnOf<T>(T opened, IEnumerable<T> all)
        where T : class
    {
        HashSet<string> taken = [.. all.Where(each => each != opened).SelectMany(Of)];
        return Of(opened).Where(name => !taken.Contains(name));
    }

    /// <summary>The open objects of this name. A file can be given by its path from the current folder.</summary>
    public static T[] Find<T>(SessionState session, string name)
        where T : class
    {
        string? file = FullPath(session, name);
        return [.. RunspaceSession.Current.All<T>().Where(opened => Of(opened).Any(each => each == name || each == file))];
    }

    private static string? FullPath(SessionState session, string name)
    {
        try
        {
            return session.Path.GetUnresolvedProviderPathFromPSPath(name);
        }
        catch (RuntimeException)
        {
            // An address has no drive.
            return null;
        }
    }

    private static IEnumerable<string?> OfPlace(string? place) => Path.IsPathRooted(place)
        ? [place, Path.GetFileName(place), Path.GetFileNameWithoutExtension(place)]
        : [place];
}
