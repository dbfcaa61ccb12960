<#
.SYNOPSIS
    Signs the manifest and the unsigned assemblies of the package, when there is a certificate for signing code.
.DESCRIPTION
    Without one, it says so and does nothing: the module loads unsigned under every execution policy. With a timestamp server,
    signatures stay valid when the certificate expires.
#>
function Add-PackageSignature {
    param(
        [Parameter(Mandatory)] [string] $Package,
        [string] $TimestampServer
    )

    if (-not $IsWindows) {
        Write-Information 'Not signed: PowerShell signs files on Windows only.' -InformationAction Continue
        return
    }

    $certificate = Get-ChildItem Cert:\CurrentUser\My -CodeSigningCert | Where-Object NotAfter -GT (Get-Date) | Select-Object -First 1
    if (-not $certificate) {
        Write-Information 'Not signed: Cert:\CurrentUser\My has no valid certificate for signing code.' -InformationAction Continue
        return
    }

    $options = @{ Certificate = $certificate; HashAlgorithm = 'SHA256' }
    if ($TimestampServer) {
        $options.TimestampServer = $TimestampServer
    }

    $files = Get-ChildItem $Package -Recurse -Include '*.psd1', '*.dll' | Where-Object { (Get-AuthenticodeSignature $_).Status -eq 'NotSigned' }
    $failed = $files | Set-AuthenticodeSignature @options | Where-Object Status -NE 'Valid'
    if ($failed) {
        throw "$($failed[0].Path) could not be signed with '$($certificate.Subject)': $($failed[0].StatusMessage)"
    }
}
