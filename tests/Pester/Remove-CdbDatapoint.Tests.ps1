Describe 'Remove-CdbDatapoint <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll { . "$PSScriptRoot/store.ps1" $_ }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    BeforeEach {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 1, 2, 3, 4 -Timestamp 1769882400, 1769882401, 1769882402, 4070908800 -WarningAction SilentlyContinue
    }

    It 'removes the datapoints after a time, so that the stream takes datapoints of now again' {
        { Add-CdbDatapoint $stream 5 -ErrorAction Stop } | Should -Throw -ErrorId 'TimeOrder*'
        Remove-CdbDatapoint $stream -After 1769882401 -Confirm:$false
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 2
        Add-CdbDatapoint $stream 5
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 2, 5
        (Get-CdbStream $stream).Datapoints | Should -Be 3
    }

    It 'removes the last datapoints' {
        Remove-CdbDatapoint $stream -Last 1 -Confirm:$false
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 2, 3
        Get-CdbStream $stream | Remove-CdbDatapoint -Last 100 -Confirm:$false
        Get-CdbDatapoint $stream | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf, nor where there is nothing after the time' {
        Remove-CdbDatapoint $stream -Last 2 -WhatIf
        Remove-CdbDatapoint $stream -After '2100-01-01T00:00Z' -Confirm:$false 3>&1 | Should -BeLike "*no datapoints after 2100-01-01T00:00:00Z*"
        Remove-CdbDatapoint $stream -After 4070908800 -Confirm:$false -WarningAction SilentlyContinue
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 2, 3, 4
    }

    It 'asks first: without an answer it removes nothing' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($manifest, $stream, $connection) Import-Module $manifest; Remove-CdbDatapoint $stream -Last 2 -Connection $connection').AddParameters(@{ manifest = $manifest; stream = $stream; connection = (Get-CdbConnection)[-1] })
        $null = $shell.Invoke()
        $shell.Streams.Error | Should -BeLike '*-Confirm:$false*'
        $shell.Dispose()
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 2, 3, 4
    }

    It 'takes the time in its own forms at the prompt of PowerShell, too' {
        $login = $server ? "-Url $($server.Url) -ApiKey $((Get-CdbDevice user).ApiKey)" : "-Path '$store'"
        $text = '1769882401' | & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -Command "Import-Module '$manifest'; `$null = Connect-Cdb $login; Remove-CdbDatapoint $stream -Confirm:`$false" *>&1 | Out-String
        $text | Should -BeLike '*After:*'
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 2 -Because $text
    }

    It 'is allowed to the device of the stream, and to those who may delete the stream' {
        $device = New-CdbDevice "d$([guid]::NewGuid().ToString('N').Substring(0, 8))" -Stream @{ t = @{ schema = 'number' } }
        $own = $server ? (Connect-Cdb -Url $server.Url -ApiKey $device.ApiKey) : (Connect-Cdb -Path $store -As $device.Path)
        Add-CdbDatapoint "$($device.Path)/t" 1, 2, 3 -Connection $own
        Remove-CdbDatapoint "$($device.Path)/t" -Last 1 -Confirm:$false -Connection $own
        { Remove-CdbDatapoint $stream -Last 1 -Confirm:$false -Connection $own -ErrorAction Stop } | Should -Throw
        Disconnect-Cdb $own
        Remove-CdbDatapoint "$($device.Path)/t" -Last 1 -Confirm:$false
        (Get-CdbDatapoint "$($device.Path)/t").Data | Should -Be 1
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 2, 3, 4
    }

    It 'warns when the stream is empty' {
        $null = New-CdbStream void
        Remove-CdbDatapoint void -Last 1 -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*/void*has no datapoints*'
        Remove-CdbStream void -Confirm:$false
    }

    It 'reports a stream that does not exist' {
        { Remove-CdbDatapoint nothing -Last 1 -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }
}
