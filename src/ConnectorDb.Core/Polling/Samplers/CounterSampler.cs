using System.Runtime.InteropServices;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples a Windows performance counter by its English name (PDH). Rates are computed from this and the previous reading.</summary>
[Sampler("windows.counter", "A performance counter of Windows.", Argument = @"Path, such as \Processor(_Total)\% Processor Time.", Platforms = ["Windows"])]
internal sealed partial class CounterSampler(SamplerContext context) : Sampler(context)
{
    private const uint AsDouble = 0x00000200;
    private const uint NoSuchObject = 0xC0000BB8;
    private const uint NoSuchCounter = 0xC0000BB9;
    private static readonly TimeSpan s_firstTime = TimeSpan.FromSeconds(1);
    private readonly string _path = context.RequiredArgument;
    private nint _query;
    private nint _counter;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        if (_query == 0)
        {
            Open();
            Check(PdhCollectQueryData(_query));
            await Task.Delay(s_firstTime, Time, cancellation).ConfigureAwait(false);
        }

        Check(PdhCollectQueryData(_query));
        Check(PdhGetFormattedCounterValue(_counter, AsDouble, out _, out CounterValue value));
        return DataValue.From(value.Double);
    }

    public override void Dispose()
    {
        if (_query != 0)
        {
            _ = PdhCloseQuery(_query);
            _query = 0;
        }

        base.Dispose();
    }

    private void Open()
    {
        Check(PdhOpenQuery(null, 0, out _query));
        uint status = PdhAddEnglishCounter(_query, _path, 0, out _counter);
        if (status != 0)
        {
            Dispose();
        }

        Check(status);
    }

    private void Check(uint status)
    {
        switch (status)
        {
            case 0:
                return;
            case NoSuchObject or NoSuchCounter:
                throw new NotAvailableException($"This machine has no counter '{_path}'. Get-Counter -ListSet * lists those there are; names are the English ones.", _path);
            default:
                throw NoValue($"The counter '{_path}' gives no value (PDH status 0x{status:X8}).");
        }
    }

    [LibraryImport("pdh.dll", EntryPoint = "PdhOpenQueryW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial uint PdhOpenQuery(string? source, nint userData, out nint query);

    [LibraryImport("pdh.dll", EntryPoint = "PdhAddEnglishCounterW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial uint PdhAddEnglishCounter(nint query, string path, nint userData, out nint counter);

    [LibraryImport("pdh.dll")]
    private static partial uint PdhCollectQueryData(nint query);

    [LibraryImport("pdh.dll")]
    private static partial uint PdhGetFormattedCounterValue(nint counter, uint format, out uint type, out CounterValue value);

    [LibraryImport("pdh.dll")]
    private static partial uint PdhCloseQuery(nint query);

    /// <summary>PDH_FMT_COUNTERVALUE: a status, and the value at offset 8.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct CounterValue
    {
        public readonly uint Status;
        public readonly double Double;
    }
}
