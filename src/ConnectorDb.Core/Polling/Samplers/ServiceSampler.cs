using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.Versioning;
using System.ServiceProcess;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the state of a service: of systemd on Linux, or of Windows.</summary>
[Sampler("service.state", "The state of a service: running, state, and with systemd its restarts.", Argument = "Name, such as ssh or nginx.service.", Platforms = ["Linux", "Windows"])]
internal sealed class ServiceSampler : Sampler
{
    private const string Systemctl = "systemctl";
    private const string NotFound = "not-found";
    private static readonly string[] s_properties = ["LoadState", "ActiveState", "SubState", "NRestarts"];
    private static readonly SearchValues<char> s_notInNames = SearchValues.Create(" \t\r\n/*?[");
    private readonly string _name;

    public ServiceSampler(SamplerContext context)
        : base(context)
    {
        _name = context.RequiredArgument.Trim();
        if (_name.StartsWith('-') || _name.AsSpan().ContainsAny(s_notInNames))
        {
            throw new InvalidValueException($"'{TextValue.Shorten(_name)}' is not the name of a service. Give one name, such as 'ssh'.", _name);
        }
    }

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
        => OperatingSystem.IsWindows() ? OfWindows() : await OfSystemdAsync(cancellation).ConfigureAwait(false);

    /// <summary>The state from the output of <c>systemctl show</c>: one property per line, NAME=VALUE.</summary>
    /// <exception cref="SampleException">There is no such service.</exception>
    internal DataValue Read(IReadOnlyDictionary<string, string> properties)
    {
        string state = properties.GetValueOrDefault("ActiveState", "");
        if (state.Length == 0 || properties.GetValueOrDefault("LoadState") == NotFound)
        {
            throw Unknown($"{Systemctl} list-units --all --type=service");
        }

        (string, DataValue)[] fields = [("running", DataValue.From(state is "active" or "reloading")), ("state", DataValue.From(state)), ("detail", DataValue.From(properties.GetValueOrDefault("SubState", "")))];
        return Fields(long.TryParse(properties.GetValueOrDefault("NRestarts"), NumberStyles.None, CultureInfo.InvariantCulture, out long restarts)
            ? [.. fields, ("restarts", DataValue.From(restarts))]
            : fields);
    }

    private async Task<DataValue> OfSystemdAsync(CancellationToken cancellation)
    {
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        try
        {
            ProgramOutput output = await ProgramOutput.ReadAsync(Systemctl, ["show", $"--property={string.Join(',', s_properties)}", "--", _name], Add, cancellation).ConfigureAwait(false);
            return output.ExitCode == 0 ? Read(properties) : throw NoValue($"{Systemctl} cannot say how the service '{_name}' is: {TextValue.Shorten(output.Errors)}");
        }
        catch (Win32Exception error)
        {
            throw new NotAvailableException($"This machine has no systemd: {Systemctl} cannot be started. {error.Message}", _name);
        }

        void Add(string line)
        {
            if (line.Split('=', 2) is [var name, var value])
            {
                properties[name] = value;
            }
        }
    }

    [SupportedOSPlatform("windows")]
    private DataValue OfWindows()
    {
        try
        {
            using ServiceController service = new(_name);
            ServiceControllerStatus status = service.Status;
            return Fields(("running", DataValue.From(status == ServiceControllerStatus.Running)), ("state", DataValue.From($"{status}")));
        }
        catch (InvalidOperationException error) when (error.InnerException is Win32Exception { NativeErrorCode: 1060 })
        {
            throw Unknown("Get-Service");
        }
        catch (InvalidOperationException error)
        {
            throw NoValue($"The service '{_name}' cannot be looked at: {error.Message}", error);
        }
    }

    private SampleException Unknown(string list) => NoValue($"There is no service '{_name}' on this machine. {list} lists all.");
}
