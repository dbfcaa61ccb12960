BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream a, b
    Add-CdbDatapoint a 1, 2, 3
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Watch-CdbStream' {
    It 'begins where it is told to' {
        Watch-CdbStream a -Last 2 -Count 2 | ForEach-Object Data | Should -Be @(2, 3)
        Watch-CdbStream a -FromIndex 1 -Count 1 | ForEach-Object Data | Should -Be 2
    }

    It 'ends when the pipeline has enough' {
        Watch-CdbStream a -FromIndex 0 | Select-Object -First 2 | ForEach-Object Data | Should -Be @(1, 2)
    }

    It 'ends after its time' {
        Watch-CdbStream a -Timeout 50ms | Should -BeNullOrEmpty
    }

    It 'applies a transform' {
        Watch-CdbStream a -FromIndex 0 -Transform 'if $ > 2' -Count 1 | ForEach-Object Data | Should -Be 3
    }

    It 'sees what another process writes' {
        $job = Start-Job -ArgumentList $manifest, $store {
            Import-Module $args[0]
            $null = Connect-Cdb -Path $args[1]
            Add-CdbDatapoint b 'from afar'
        }
        (Watch-CdbStream b -FromIndex 0 -Count 1 -Timeout 1m).Data | Should -Be 'from afar'
        $job | Receive-Job -Wait -AutoRemoveJob
    }

    It 'names the stream that is not there' {
        { Watch-CdbStream nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }
}
