using System.Device.Gpio;
using System.Globalization;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples an input pin of a board: 1 for high, 0 for low.</summary>
[Sampler("gpio", "An input pin of a board: 1 or 0.", Argument = "PIN [pullup|pulldown], such as '17 pullup': the number of the GPIO line.")]
internal sealed class GpioSampler : Sampler
{
    private const string Up = "pullup";
    private const string Down = "pulldown";
    private readonly int _pin;
    private readonly string? _pull;
    private GpioController? _controller;

    public GpioSampler(SamplerContext context)
        : base(context)
    {
        string[] words = context.RequiredArgument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out _pin) || (words.Length == 2 && words[1] is not (Up or Down)))
        {
            throw new InvalidValueException($"'{TextValue.Shorten(context.Argument!)}' is not PIN [pullup|pulldown]. Give one such as '17 pullup'.", context.Argument);
        }

        // Not as the enumeration of the package, which would be loaded with this type.
        _pull = words.ElementAtOrDefault(1);
    }

    public override ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        if (_controller is null)
        {
            Open();
        }

        return ValueTask.FromResult(DataValue.From(_controller!.Read(_pin) == PinValue.High ? 1L : 0L));
    }

    public override void Dispose()
    {
        _controller?.Dispose();
        base.Dispose();
    }

    private void Open()
    {
        GpioController? controller = null;
        try
        {
            if (OperatingSystem.IsLinux() && !Directory.EnumerateFiles("/dev", "gpiochip*").Any())
            {
                throw new NotAvailableException("This machine has no GPIO pins: there is no device /dev/gpiochip0.", Context.Key);
            }

            controller = new GpioController();
            controller.OpenPin(_pin, _pull switch { Up => PinMode.InputPullUp, Down => PinMode.InputPullDown, _ => PinMode.Input });
            (_controller, controller) = (controller, null);
        }
        catch (Exception error) when (error is PlatformNotSupportedException or NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new NotAvailableException($"This machine has no GPIO pins that can be used: {error.GetBaseException().Message}", Context.Key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            throw NoValue($"The pin {_pin} cannot be opened: {error.Message}", error);
        }
        finally
        {
            controller?.Dispose();
        }
    }
}
