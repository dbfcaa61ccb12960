using System.Net.Sockets;
using ConnectorDb.Core.Polling.Devices;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples a WeMo switch by name. It searches for the switch at first, and again after an error, because its address may have changed.</summary>
[Sampler("wemo.state", "Whether a WeMo switch is on: 1 or 0.", Argument = "Name of the switch.")]
[Sampler("wemo.power", "The power drawn through a WeMo Insight switch.", Argument = "Name of the switch.", Unit = "W")]
internal sealed class WemoSampler(SamplerContext context) : Sampler(context)
{
    private const int MostOfAnAnswer = 1 << 20;
    private static readonly TimeSpan s_longestSearch = TimeSpan.FromSeconds(5);
    private readonly string _name = context.RequiredArgument;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MostOfAnAnswer,
    };

    private readonly CancellationTokenSource _end = new();
    private Task<Uri>? _search;
    private Uri? _address;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        _address ??= await SearchAsync(cancellation).ConfigureAwait(false);
        try
        {
            WemoSwitch device = new(_client, _address);
            return Context.Key == "wemo.power"
                ? DataValue.From(await device.GetPowerAsync(cancellation).ConfigureAwait(false))
                : DataValue.From(await device.GetStateAsync(cancellation).ConfigureAwait(false));
        }
        catch (Exception error) when (error is HttpRequestException or FormatException or OperationCanceledException)
        {
            string address = _address.Authority;
            _address = null;
            cancellation.ThrowIfCancellationRequested();
            throw NoValue($"The switch '{_name}' at {address} did not answer: {error.Message} It is searched for again the next time.", error);
        }
    }

    public override void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _client.Dispose();
        base.Dispose();
    }

    /// <summary>Waits for the search. The search outlives a single measurement, because switches answer within two seconds and a measurement may have less time.</summary>
    private async Task<Uri> SearchAsync(CancellationToken cancellation)
    {
        Task<Uri> search = _search ??= FindAsync(_end.Token);
        try
        {
            return await search.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _search = search.IsCompleted ? null : search;
        }
    }

    private async Task<Uri> FindAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(s_longestSearch, Time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await new WemoDiscovery(_client, Context.Discovery, Time).FindAsync(_name, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw NoValue($"No WeMo switch called '{_name}' has answered within {SecondsText.Of(s_longestSearch.TotalSeconds)}. Is it on, and in this network?");
        }
        catch (SocketException error)
        {
            throw NoValue($"WeMo switches cannot be searched for: {error.Message}", error);
        }
    }
}
