using ConnectorDb.Core.Polling.Devices;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the Sense HAT of a Raspberry Pi, on I²C bus 1.</summary>
[Sampler("sensehat.temperature", "The temperature at the Sense HAT.", Unit = "°C", Platforms = ["Linux"])]
[Sampler("sensehat.humidity", "The relative humidity at the Sense HAT.", Unit = "%", Platforms = ["Linux"])]
[Sampler("sensehat.pressure", "The air pressure at the Sense HAT.", Unit = "hPa", Platforms = ["Linux"])]
internal sealed class SenseHatSampler(SamplerContext context, Func<byte, IRegisters> open) : Sampler(context)
{
    private const int Bus = 1;
    private IRegisters? _registers;

    public SenseHatSampler(SamplerContext context)
        : this(context, address => new I2cRegisters(Bus, address))
    {
    }

    private Chip Chip => Context.Key == "sensehat.pressure" ? Lps25h.Chip : Hts221.Chip;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            _registers ??= Open();
            await Chip.PrepareAsync(_registers, Time, cancellation).ConfigureAwait(false);
            return DataValue.From(Context.Key switch
            {
                "sensehat.pressure" => Lps25h.Pressure(_registers),
                "sensehat.humidity" => Hts221.Humidity(_registers),
                _ => Hts221.Temperature(_registers),
            });
        }
        catch (IOException error)
        {
            throw NoValue($"{Context.Key}: the {Chip.Name} at the I²C address 0x{Chip.Address:X2} does not answer: {error.Message}", error);
        }
    }

    public override void Dispose()
    {
        _registers?.Dispose();
        base.Dispose();
    }

    private IRegisters Open()
    {
        try
        {
            return open(Chip.Address);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotAvailableException($"{Context.Key} is not available here: there is no I²C bus {Bus}. On a Raspberry Pi, switch I²C on (raspi-config) and begin again.", Context.Key, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw NoValue($"{Context.Key}: the I²C bus {Bus} may not be used by this account; add it to the group i2c.", error);
        }
    }
}
