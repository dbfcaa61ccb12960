using System.ComponentModel;
using System.Diagnostics;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples all processes of one name. No process gives the count 0.</summary>
[Sampler("system.process", "The processes of a name: how many, their memory in bytes, and the processor they use in percent of one.", Argument = "Name, with or without .exe.")]
internal sealed class ProcessSampler(SamplerContext context) : Sampler(context)
{
    private static readonly TimeSpan s_firstTime = TimeSpan.FromMilliseconds(200);
    private const string Extension = ".exe";
    private readonly string _name = context.RequiredArgument;
    private Dictionary<int, TimeSpan>? _last;
    private long _lastTime;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        if (_last is null)
        {
            (_last, _) = Look();
            _lastTime = Time.GetTimestamp();
            await Task.Delay(s_firstTime, Time, cancellation).ConfigureAwait(false);
        }

        (Dictionary<int, TimeSpan> now, long memory) = Look();
        TimeSpan elapsed = Time.GetElapsedTime(_lastTime);
        double busy = now.Sum(each => Math.Max(0, (each.Value - _last.GetValueOrDefault(each.Key)).TotalSeconds));
        bool isFair = now.Keys.All(_last.ContainsKey);
        (_last, _lastTime) = (now, Time.GetTimestamp());
        (string, DataValue)[] fields = [("count", DataValue.From((long)now.Count)), ("memory", DataValue.From(memory))];
        return Fields(isFair && elapsed > TimeSpan.Zero ? [.. fields, ("cpu", DataValue.From(100 * busy / elapsed.TotalSeconds))] : fields);
    }

    /// <summary>The processor time of each accessible process, and the memory of all of them.</summary>
    private (Dictionary<int, TimeSpan> Times, long Memory) Look()
    {
        Dictionary<int, TimeSpan> times = [];
        long memory = 0;
        foreach (Process process in Find())
        {
            using (process)
            {
                try
                {
                    times[process.Id] = process.TotalProcessorTime;
                    memory += process.WorkingSet64;
                }
                catch (Exception error) when (error is InvalidOperationException || (error is Win32Exception && IsOver(process)))
                {
                    times.Remove(process.Id); // the process has just ended
                }
                catch (Win32Exception error)
                {
                    throw NoValue($"The process {process.Id} ('{_name}') may not be looked at: {error.Message}", error);
                }
            }
        }

        return (times, memory);
    }

    /// <summary>Windows leaves the extension out; elsewhere it may be a part of the name.</summary>
    private Process[] Find()
    {
        Process[] found = Process.GetProcessesByName(_name);
        return found.Length == 0 && _name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? Process.GetProcessesByName(_name[..^Extension.Length]) : found;
    }

    private static bool IsOver(Process process)
    {
        try
        {
            return process.HasExited;
        }
        catch (Win32Exception)
        {
            return false; // access denied
        }
    }
}
