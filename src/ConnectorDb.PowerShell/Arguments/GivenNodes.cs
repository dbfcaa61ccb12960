using System.Runtime.CompilerServices;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// The users, devices and streams of which parameters received the paths. A parameter for names is a text, also for PowerShell's help and
/// completion; a cmdlet that writes the changes to an object finds the object here, by the instance of the text.
/// </summary>
internal static class GivenNodes
{
    private static readonly ConditionalWeakTable<string, object> s_nodes = [];

    public static string Add(string path, object node)
    {
        s_nodes.AddOrUpdate(path, node);
        return path;
    }

    /// <summary>The object that a parameter received as this path; null when it received a text.</summary>
    public static object? Find(string path) => s_nodes.TryGetValue(path, out object? node) ? node : null;
}
