Describe 'Watch-CdbStream <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        $null = New-CdbStream a, b
        Add-CdbDatapoint a 1, 2, 3
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'starts at the given position' {
        Watch-CdbStream a -Last 2 -Count 2 | ForEach-Object Data | Should -Be @(2, 3)
        Watch-CdbStream a -FromIndex 1 -Count 1 | ForEach-Object Data | Should -Be 2
    }

    It 'ends when the pipeline stops' {
        Watch-CdbStream a -FromIndex 0 | Select-Object -First 2 | ForEach-Object Data | Should -Be @(1, 2)
    }

    It 'ends after its timeout' {
        Watch-CdbStream a -Timeout 50ms | Should -BeNullOrEmpty
    }

    It 'applies a transform' {
        Watch-CdbStream a -FromIndex 0 -Transform 'if $ > 2' -Count 1 | ForEach-Object Data | Should -Be 3
    }

    It 'receives datapoints of another process' {
        $job = Start-Job -ArgumentList $manifest, $store {
            Import-Module $args[0]
            $null = Connect-Cdb -Path $args[1]
            Add-CdbDatapoint b 'from afar'
        }
        (Watch-CdbStream b -FromIndex 0 -Count 1 -Timeout 1m).Data | Should -Be 'from afar'
        $job | Receive-Job -Wait
    }

    It 'reports a stream that does not exist' {
        { Watch-CdbStream nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'rejects the timeout <_>' -ForEach '-1', '25d' {
        { Invoke-Expression "Watch-CdbStream a -Timeout $_" } | Should -Throw -ExpectedMessage '*Give a time span from 0 seconds to 24 days.*'
    }

    It 'watches the other streams when one does not exist' {
        (Watch-CdbStream none, a -Last 1 -Count 1 -ErrorAction SilentlyContinue -ErrorVariable problems).Data | Should -Be 3
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
    }

    It 'watches a downlink with its origin' {
        $null = New-CdbDevice lamp -Stream @{ light = @{ downlink = $true } }
        Add-CdbDatapoint lamp/light $true
        $point = Watch-CdbStream lamp/light -Downlink -Last 1 -Count 1
        $point.Origin | Should -Be 'me/user'
        "$($point.Stream)" | Should -Be 'me/lamp/light/downlink'
    }
}
