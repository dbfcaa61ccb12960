using System.Runtime.InteropServices;

namespace ConnectorDb.Core.Files;

/// <summary>The files that are open for writing in this process. They are made whole when it ends: their write-ahead logs become empty.</summary>
/// <remarks>
/// A copy of the file alone is then complete, and no log is left to be applied to a file that replaces it. A closed window or a
/// request to terminate is the end as well, unless the program handles it, as the server does.
/// </remarks>
internal static class OpenFiles
{
    /// <summary>Windows ends a process five seconds after its window was closed.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    private static readonly HashSet<Checkpointer> s_open = [];
    private static readonly List<PosixSignalRegistration> s_signals = [];

    public static void Add(Checkpointer file)
    {
        lock (s_open)
        {
            if (s_signals.Count == 0)
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Complete();
                s_signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Complete()));
                s_signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Complete()));
            }

            s_open.Add(file);
        }
    }

    public static void Remove(Checkpointer file)
    {
        lock (s_open)
        {
            s_open.Remove(file);
        }
    }

    /// <summary>Copies the log of each file into it.</summary>
    public static void Complete()
    {
        Checkpointer[] files;
        lock (s_open)
        {
            files = [.. s_open];
        }

        Task.WaitAll([.. files.Select(file => Task.Run(file.Run))], s_patience);
    }
}
