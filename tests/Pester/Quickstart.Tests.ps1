# docs/examples/quickstart.ps1 in a fresh pwsh, as the Demo task runs it.
BeforeAll {
    $ErrorActionPreference = 'Stop'
    $manifest = $env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1"
    $store = Join-Path $TestDrive 'store.cdb'

    # A busy machine may poll nothing within three seconds.
    function Invoke-Quickstart {
        foreach ($seconds in 3, 15, 60) {
            $script = "Import-Module '$manifest'; & '$PSScriptRoot/../../docs/examples/quickstart.ps1' -Path '$store' -Seconds $seconds"
            $output = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -OutputFormat Text -Command $script 2>&1 | Out-String
            $LASTEXITCODE | Should -Be 0 -Because $output
            if ($output -match 'disk +system\.disk +00:00:01 +[1-9]') { break }
        }
        $output
    }

    function Get-Count([string] $Stream, [string] $Output) {
        [int] [regex]::Match($Output, "me/machine/$Stream +(\d+)").Groups[1].Value
    }

    $env:NO_COLOR = '1'
    $first = Invoke-Quickstart
    $second = Invoke-Quickstart
}

AfterAll { $env:NO_COLOR = $null }

Describe 'The quickstart' {
    It 'polls each second' {
        $first | Should -Match 'disk +system\.disk +00:00:01 +[1-9]'
    }

    It 'sends the entries of the logger' {
        $first | Should -Match 'True +[1-9]\d* +0'
        Get-Count disk $first | Should -BeGreaterThan 0
    }

    It 'shows a dataset and the file of the store' {
        $first | Should -Match 'Timestamp +CPU % +Memory % +Ping ms'
        $first | Should -BeLike "*$store*"
    }

    It 'adds to the same streams at the second run' {
        Get-Count disk $second | Should -BeGreaterThan (Get-Count disk $first)
        foreach ($stream in 'cpu', 'ram', 'ping') {
            Get-Count $stream $second | Should -BeGreaterOrEqual (Get-Count $stream $first)
        }
    }
}
